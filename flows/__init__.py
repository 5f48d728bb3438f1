"""The nightly flow: what runs, in what order, with what retries; settings; the `doisoat` command."""
