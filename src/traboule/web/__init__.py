"""Pages, by audience. Views choose a page, a redirect, a flash text; queries read, actions write."""
