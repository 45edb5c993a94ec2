"""Pages, by audience. Views choose a page, a redirect, a flash text; they read through queries and write through actions."""
