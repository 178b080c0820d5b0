"""Settings of every installation. What differs comes from the data folder and the environment."""

import os
from pathlib import Path

from congso.config import installation

DATA_FOLDER = installation.data_folder()
SECRET_KEY = installation.secret_key(DATA_FOLDER)
CONGSO_CLOCK_OFFSET = installation.clock_offset(DATA_FOLDER)
CONGSO_DEMO = False
# Certificates come from the training authority: every page says that signatures have no legal value.
CONGSO_TRAINING = True
# The first person of the journal: what this installation is called in seals and packets.
CONGSO_FILES_FOLDER = DATA_FOLDER / "files"
# How old a process lets its list of types of papers become before it looks for the edits of others.
CONGSO_CATALOGUE_SECONDS: float | None = 60
CONGSO_SITE_NAME = "Công Số"

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "congso.config.urls"
WSGI_APPLICATION = "congso.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    # shared, in the order of the layers
    "congso.shared.areas",
    "congso.shared.organs",
    "congso.shared.people",
    "congso.shared.accounts",
    "congso.shared.authz",
    "congso.shared.journal",
    "congso.shared.numbering",
    "congso.shared.calendar",
    "congso.shared.files",
    "congso.shared.notify",
    "congso.shared.search",
    "congso.shared.keys",
    "congso.shared.figures",
    "congso.shared.reorganisation",
    "congso.shared.ui",
    # modules: one line each
    "congso.modules.signing",
    "congso.modules.documents",
    # portals
    "congso.portals.desk",
    "congso.portals.overseer",
    "congso.portals.api",
    # operation
    "congso.ops",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "congso.shared.accounts.middleware.ActorFromSession",
    "congso.kernel.web.ErrorsAsAnswers",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "congso.shared.ui.context.frame",
            ],
        },
    },
]

DATABASES = {"default": installation.database(os.environ, DATA_FOLDER)}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LOCALE_PATHS = [Path(__file__).resolve().parents[2] / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {
        "BACKEND": "congso.shared.files.storage.DurableFolder",
        "OPTIONS": {"location": CONGSO_FILES_FOLDER},
    },
    "staticfiles": {"BACKEND": "congso.shared.ui.built_files.BuiltFiles"},
}
AUTH_USER_MODEL = "accounts.Account"
SESSION_ENGINE = "congso.shared.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CONGSO_PIN_HASHER = "congso.config.hashing.PinArgon2"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk:home"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "congso.shared.ui.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# What is refused, because it is secret or harmful, must never have been on a disk.
FILE_UPLOAD_HANDLERS = ["congso.shared.files.receiving.InMemory"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
