"""One module per format; a module's name is the format's name in `case.toml`. Nothing is registered anywhere else.

To add a format, put a module here that offers what `sources.stream.Format` asks (docs/how-to/add-a-source.md).
"""
