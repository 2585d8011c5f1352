"""SQLite as Django knows it, with connections that outlive a request: an ENGINE of settings."""
