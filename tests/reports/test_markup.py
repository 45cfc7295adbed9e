import pytest

from bartizan.reports._markup import markdown, sentence, without_title


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\nb", "<p>a b</p>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("**Looks at** `x<y`.", "<p><strong>Looks at</strong> <code>x&lt;y</code>.</p>"),
        ("`**not bold**`", "<p><code>**not bold**</code></p>"),
        ("```yaml\na: <b>\n\n- c\n```\nafter", "<pre><code>a: &lt;b&gt;\n\n- c</code></pre>\n<p>after</p>"),
        ("```\nnever closed", "<pre><code>never closed</code></pre>"),
        ("- a\n  b\n- c", "<ul><li>a b</li><li>c</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("lead:\n- a", "<p>lead:</p><ul><li>a</li></ul>"),
        ("[x](https://a.io/?b&c)", '<p><a href="https://a.io/?b&amp;c" rel="noreferrer">x</a></p>'),
        ("[x](http://a.io)", "<p>[x](http://a.io)</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        (
            '[x](https://a.io/"onclick=")',
            '<p><a href="https://a.io/&quot;onclick=&quot;" rel="noreferrer">x</a></p>',
        ),
        ("## Title", "<h4>Title</h4>"),
        ("", ""),
    ],
)
def test_markdown(source: str, expected: str) -> None:
    assert markdown(source) == expected


def test_a_message_becomes_a_sentence_and_only_backticks_mean_anything() -> None:
    assert sentence("set `a: b` **now** <x>") == "Set <code>a: b</code> **now** &lt;x&gt;"


def test_the_title_is_taken_off() -> None:
    assert without_title("\nTitle.\n\nBody.\n") == "\nBody."
