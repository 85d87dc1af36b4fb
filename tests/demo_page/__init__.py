"""The demo's page, looked at as people and browsers do."""
