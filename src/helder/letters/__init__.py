"""Letters: what they may claim, whether it is true for everyone who reads it, and the documents that are printed."""
