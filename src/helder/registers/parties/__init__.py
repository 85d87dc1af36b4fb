"""Parties and suppliers: roles, contracts, contacts, certificates, and whether work with them is suspended."""
