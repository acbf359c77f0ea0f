"""The pages of layouts. They and REST call the same services."""
