"use strict";
// Search, table filters, and a language switch that keeps the place. Without it the pages say the same.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const words = (text) => fold(text).split(/\s+/).filter(Boolean);

  const input = document.getElementById("q"), list = document.getElementById("found"), count = document.getElementById("found-count");
  const MOST = 14;
  let index = null;
  const load = () => (index ??= (window.catalogueIndex ?? []).map((row) => ({ row, code: fold(row[1]), title: fold(row[2]), all: fold(row.slice(0, 4).join(" ")) })));
  // The phrase as a name or title comes first, then at their beginnings, then inside; what only its parts match is last.
  const rank = (entry, asked) => {
    const phrase = asked.join(" "), name = entry.code.split(".").pop();
    if (name === phrase || entry.title === phrase) return 0;
    if (name.startsWith(phrase) || entry.title.startsWith(phrase)) return 1;
    if (name.includes(phrase) || entry.title.includes(phrase)) return 2;
    return asked.every((word) => entry.title.includes(word)) ? 3 : 4;
  };
  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const close = () => { list.hidden = true; };
  const search = () => {
    const asked = words(input.value);
    if (!asked.length) { close(); count.textContent = ""; return; }
    const hits = load().filter((entry) => asked.every((word) => entry.all.includes(word)));
    const best = hits.map((entry, at) => [rank(entry, asked), at, entry.row]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MOST);
    const told = hits.length ? count.dataset.some.replace("{n}", hits.length) : count.dataset.none;
    count.textContent = told;
    const items = element("ul", "");
    for (const [, , [kind, code, title, , path]] of best) {
      const item = element("li", ""), link = element("a", "");
      link.href = root.dataset.root + path;
      link.append(element("b", title), element("small", kind), element("code", code));
      item.append(link);
      items.append(item);
    }
    list.replaceChildren(...(best.length ? [items] : []), ...(hits.length > best.length || !hits.length ? [element("p", told)] : []));
    list.hidden = false;
  };
  input.addEventListener("input", search);
  input.addEventListener("focus", () => input.value && search());
  input.form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.click(); });
  const step = (event) => {
    const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { close(); input.focus(); }
    else if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (links[at - 1] ?? input).focus(); }
  };
  input.form.addEventListener("keydown", step);
  list.addEventListener("click", (event) => event.target.closest("a") && close());
  document.addEventListener("click", (event) => event.target.closest(".search") || close());
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|TEXTAREA/.test(document.activeElement.tagName)) { event.preventDefault(); input.focus(); }
  });

  for (const box of document.querySelectorAll("[data-filter]")) {
    const told = box.closest(".filter").querySelector("[data-shown]");
    const rows = [...box.closest("section").querySelectorAll("tbody tr")].map((row) => [row, fold(row.textContent)]);
    box.addEventListener("input", () => {
      const asked = words(box.value);
      let shown = 0;
      for (const [row, text] of rows) {
        row.hidden = !asked.every((word) => text.includes(word));
        shown += !row.hidden;
      }
      told.textContent = asked.length ? told.dataset.shown.replace("{n}", shown) : "";
    });
  }

  for (const link of document.querySelectorAll(".toggle a")) {
    link.addEventListener("click", () => { link.hash = location.hash; });
  }
})();
