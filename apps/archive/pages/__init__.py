"""The pages of the archive: the list, the player, shared links, retention policies."""
