"""What benches share: a million papers, and a visitor who asks for pages."""
