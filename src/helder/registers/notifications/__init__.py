"""Notifications to the supervisory authority: what the template asks, what the case answers, and what was sent."""
