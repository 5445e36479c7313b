"""Thai performance reports to records that can be trusted. Users import from here; the rooms are private."""
