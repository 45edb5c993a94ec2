"""Reports that are issued: numbered, frozen, the same bytes whenever somebody prints them again."""
