"""Số liệu: what the records say of each organ, for who works there and for who oversees it. Every number opens."""
