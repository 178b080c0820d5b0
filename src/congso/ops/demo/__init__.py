"""The demo: the locality of 2023 with generated people, some months of papers, the door, things to try."""
