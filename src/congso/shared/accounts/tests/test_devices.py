import pytest

from congso.shared.accounts.devices import device_name


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; x64) … coc_coc_browser/115 Chrome/109 Safari/537",
            "Cốc Cốc trên Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) … Chrome/120 Safari/537 Edg/120", "Edge trên Windows"),
        ("Mozilla/5.0 (Linux; Android 13) … Chrome/119 Mobile Safari/537", "Chrome trên Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) … Version/17 Safari/604", "Safari trên iPhone"),
        ("curl/8", "Trình duyệt khác trên máy khác"),
    ],
)
def test_a_device_is_called_as_its_owner_would(user_agent, name):
    assert device_name(user_agent) == name
