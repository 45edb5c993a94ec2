"""One Django app per noun of the programme. A later app may know an earlier one, never the reverse."""
