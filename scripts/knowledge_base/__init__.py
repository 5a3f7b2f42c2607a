"""The library: read → clean → find → resolve → collect → check → render → write. It never imports MkDocs."""
