"""How PINs are kept, and in the demo passwords too."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PinArgon2(Argon2PasswordHasher):
    """Argon2 for the PIN of a signing key, at the least cost that OWASP's Password Storage Cheat Sheet names.

    No cost would protect six digits for long from who has the database; what does is the master key outside it, and the
    lock after five tries. Each batch of signatures waits for it.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 for the demo, at a cost that lets two cores make some hundred accounts in a second.

    Passwords and PINs are told on its first screen, so that cost protects nobody.
    """

    time_cost = 1
    memory_cost = 512
    parallelism = 1
