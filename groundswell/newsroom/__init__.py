"""Stories, the gate no wrong number passes, and the site."""
