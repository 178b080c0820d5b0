"""What opens the demo's accounts and keys; told on its first screen, so no secret."""

PASSWORD = "dung-thu-cong-so"  # noqa: S105 - told to everybody
PIN = "123456"
