"""Quickscans of suppliers: a versioned questionnaire, evidence for each answer, and a verdict that two people give."""
