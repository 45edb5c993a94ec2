"""Information sessions, applications, talks, screening, eligibility, decisions."""
