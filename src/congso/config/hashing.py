"""How the demo keeps passwords and PINs: they are told on its first screen, so that cost protects nobody."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 at a cost that lets two cores make some hundred accounts in a second."""

    time_cost = 1
    memory_cost = 512
    parallelism = 1
