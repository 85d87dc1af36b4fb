"""Typesetting: letters as PDF, a million in a minute, each read back from its bytes.

`composing` has Typst make a letter, `variant` takes one apart into what everyone gets and what is about one person,
`filling` writes one person's lines, `printing` and `single` make print files and accessible PDFs of it; `reading`
and `verifying` read the files back by a path of their own.
"""
