"""Request points: what an Ombudsman, a parliament or a regulator asks, point by point, and what is answered."""
