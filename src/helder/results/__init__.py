"""The one door to what was published: for the command line, the page and later the registers."""
