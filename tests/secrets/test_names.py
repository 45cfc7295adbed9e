"""Names that say secret, and values that are none all the same."""

import pytest

from bartizan.secrets.names import is_placeholder, is_reference, secret_name, weigh


@pytest.mark.parametrize(
    "name",
    [
        "PASSWORD",
        "DB_PASSWORD",
        "dbPassword",
        "db.password",
        "MYSQL_ROOT_PASSWORD_2",
        "SMTP_PASS",
        "REDIS_PW",
        "UPLOAD_TOKEN",
        "apiKey",
        "API_KEY",
        "APIKey",
        "aws-secret-access-key",
        "SESSION_SECRET",
        "JWT_SIGNING_KEY",
        "ADMIN_PASSWORD_BASE64",
        "DB_PASSWORD_OLD",
        "SECRET_KEY_BASE",
        "secretKeyBase",
        "PGPASSWORD",
        "REDISCLI_AUTH",
        "MYSQL_PWD",
        "ADMINPASSWORD",
        "dbpasswd",
        "KEYSTOREPASS",
        "storepass",
        "DBPWD",
        "CLIENTSECRET2",
        "NPMTOKEN",
        "MYAPIKEY",
        "BASIC_AUTH",
        "NEO4J_AUTH",
    ],
)
def test_a_name_that_ends_with_a_secret_is_one(name: str) -> None:
    assert secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "_",
        "LOG_LEVEL",
        "PASSWORD_FILE",
        "DB_PASSWORD_PATH",
        "TOKEN_TTL",
        "MAX_TOKENS",
        "SECRET_NAME",
        "CARD_VAULT_KEY_FILE",
        "PRIMARY_KEY",
        "KEY_BASE",
        "PRIMARY_KEY_BASE",
        "SECRET_BASE_PATH",
        "KEY",
        "BYPASS",
        "AUTH_BYPASS",
        "COMPASS",
        "ENCOMPASS",
        "PASSTHROUGH",
        "TOKENIZER",
        "SECRETARY",
        "PASSWORDLESS",
        "OLDPWD",
        "chpasswd",
        "AUTH",
        "AUTH_BASIC",
        "SESSION_COOKIE_SECURE",
        "KEYBOARD",
    ],
)
def test_a_name_that_goes_on_or_only_resembles_one_is_none(name: str) -> None:
    assert not secret_name(name)


@pytest.mark.parametrize(
    ("name", "value", "weight"),
    [
        ("DB_PASSWORD", "not-a-real-password", "literal"),
        ("DB_PASSWORD", "12345", "literal"),
        ("DB_PASSWORD", "root", "literal"),
        ("API_TOKEN", "a8f5f167f44f4964", "literal"),
        ("SECRET_KEY", "/b64+text=", "literal"),
        ("DB_PASSWORD", "", "none"),
        ("ALLOW_EMPTY_PASSWORD", "yes", "none"),
        ("DB_PASSWORD", "$(OTHER)", "none"),
        ("DB_PASSWORD", "${OTHER}", "none"),
        ("DB_PASSWORD", "{{ .Values.password }}", "none"),
        ("DB_PASSWORD", "<path:shop/db#password>", "none"),
        ("DB_PASSWORD", "vault:secret/data/db#password", "none"),
        ("DB_PASSWORD", "/run/secrets/password", "none"),
        ("DB_PASSWORD", "********", "none"),
        ("OAUTH_TOKEN", "https://login.example/token", "none"),
        ("REFRESH_TOKEN", "24h", "none"),
        ("TLS_SECRET", "webhook-server-cert", "none"),
        ("DB_PASSWORD", "my-secret-name", "none"),
        ("DB_PASSWORD", "db-2-ref", "none"),
        ("DB_PASSWORD", "db-secret", "none"),
        ("DB_PASSWORD", "projects/p/secrets/s", "none"),
        ("DB_PASSWORD", "projects/p/locations/eu/secrets/s/versions/latest", "none"),
        ("DB_PASSWORD", "//secretmanager.googleapis.com/projects/p/secrets/s", "none"),
        ("DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db", "none"),
        ("DB_PASSWORD", "gcp:///projects/p/secrets/s", "none"),
        ("DB_PASSWORD", "sm://db", "none"),
        ("DB_PASSWORD", "@Microsoft.KeyVault(SecretUri=x)", "none"),
        ("DB_PASSWORD", "projects/p", "literal"),
        ("DB_PASSWORD", "super-secret", "literal"),
        ("DB_PASSWORD", "my-secret-pw", "literal"),
        ("DB_PASSWORD", "tr0ub4dor-secret", "literal"),
        ("DB_PASSWORD", "Db-Secret", "literal"),
        ("IMAGEPULLSECRET", "registry-login", "none"),
        ("KEYSTOREPASS", "changeit", "literal"),
        ("KEYSTOREPASS", "Sup3rS3cr3t1x9", "literal"),
        ("KEYSTOREPASS", "true", "none"),
        ("KEYSTOREPASS", "12345678", "none"),
        ("KEYSTOREPASS", "conf/store.jks", "none"),
        ("KEYSTOREPASS", "https://shop.example/", "none"),
        ("KEYSTOREPASS", "see the manual", "none"),
        ("KEYSTOREPASS", "changeme", "none"),
        ("REDISCLI_AUTH", "tr0ub4dor", "literal"),
        ("BASIC_AUTH", "shop:tr0ub4dor", "literal"),
        ("BASIC_AUTH", "shop:changeme", "placeholder"),
        ("BASIC_AUTH", "shop:$(DB_PASSWORD)", "none"),
        ("BASIC_AUTH", "Sup3rS3cr3t1x9", "none"),
        ("BASIC_AUTH", "true", "none"),
        ("BASIC_AUTH", "proxy:8080", "none"),
        ("BASIC_AUTH", "https://proxy/x:y", "none"),
        ("NEO4J_AUTH", "neo4j/tr0ub4dor", "literal"),
        ("NEO4J_AUTH", "none", "none"),
        ("HTPASSWD", "shop-logins", "none"),
        ("DB_PASSWORD", "changeme", "placeholder"),
        ("DB_PASSWORD", "ChangeMe!", "placeholder"),
        ("API_KEY", "your-api-key", "placeholder"),
        ("GOOGLE_API_KEY", "GOOGLE_API_KEY_VAL", "placeholder"),
    ],
)
def test_the_value_decides_whether_it_is_a_secret(name: str, value: str, weight: str) -> None:
    assert weight == weigh(name, value)


def test_references_and_placeholders_are_told_apart() -> None:
    assert is_reference("${DB_PASSWORD}")
    assert is_reference("ENC[AES256_GCM,data:x]")
    assert not is_reference("hunter2")
    assert is_placeholder("replace-me")
    assert not is_placeholder("hunter2")


def test_a_long_text_is_no_placeholder() -> None:
    """A configuration file that happens to hold the word is still a value."""
    assert not is_placeholder("replacement: yes\n" + "a: b\n" * 40)
