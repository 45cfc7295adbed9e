"""The table of other scanners' checks: every name of ours exists, none of theirs stands twice."""

import pytest

from bartizan.app import plugins
from tools.reference.peers import Peer, peers, peers_page

IDS = {check.id for check in plugins.checks()}
PEERS = peers()


@pytest.mark.parametrize("peer", PEERS.values(), ids=list(PEERS))
def test_what_answers_is_a_check(peer: Peer) -> None:
    assert {ours for names in peer.answered.values() for ours in names} - IDS == set()


@pytest.mark.parametrize("peer", PEERS.values(), ids=list(PEERS))
def test_a_check_is_answered_or_declined_with_a_reason(peer: Peer) -> None:
    assert peer.answered.keys().isdisjoint(peer.declined)
    assert all(peer.answered.values())
    assert [why for why in peer.declined.values() if len(why.split()) < 5] == [], "a reason is a sentence"


def test_the_page_tells_of_every_check_of_objects() -> None:
    page = peers_page({check.id: check for check in plugins.checks()})
    untold = [
        check.id
        for check in plugins.checks()
        if check.judges in ("container", "pod", "object") and f"checks/{check.id}.md" not in page
    ]
    assert untold == []
