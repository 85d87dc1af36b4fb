"""What was said in public: number, unit, date, issuer, and its later corrections."""
