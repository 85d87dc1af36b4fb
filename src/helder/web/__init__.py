"""The web application: settings, addresses, log-in, base templates. What the crisis team sees."""
