"""The local app: the site as the public will see it, and pages over the desk behind it, on this machine alone."""
