"use strict";
// Shows the edition that the URL's hash names: #en or #en-books English, anything else Vietnamese.
(() => {
  const root = document.documentElement;
  const editions = document.querySelectorAll(".edition");
  const show = () => {
    const language = /^#en(-|$)/.test(location.hash) ? "en" : "vi";
    root.lang = language;
    for (const edition of editions) {
      edition.hidden = edition.lang !== language;
      if (!edition.hidden) document.title = edition.dataset.title;
    }
  };
  const jump = () => {
    show();
    const target = document.getElementById(location.hash.slice(1));
    if (target && !target.classList.contains("edition")) target.scrollIntoView();
  };
  for (const link of document.querySelectorAll(".toggle a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const language = link.dataset.language;
      // Both editions are laid out alike, so the reader stays where they are.
      history.replaceState(null, "", "#" + language);
      show();
      document.querySelector(`#${language} .toggle [data-language="${language}"]`).focus({ preventScroll: true });
    });
  }
  root.classList.add("js");
  addEventListener("hashchange", jump);
  jump();
})();
