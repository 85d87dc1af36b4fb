"""The timeline: what happened, when (and how exactly that is known), who knew, and where it stands."""
