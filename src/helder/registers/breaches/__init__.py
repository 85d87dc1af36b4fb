"""The register of all breaches, notified or not: facts, effects and remedial action (GDPR art. 33(5))."""
