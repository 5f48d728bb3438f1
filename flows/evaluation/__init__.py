"""What `doisoat evaluate`, `sample` and `estimate` do around the figures: files in, tables and sheets out."""
