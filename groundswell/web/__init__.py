"""The local app: the site as the public will see it, on this machine alone."""
