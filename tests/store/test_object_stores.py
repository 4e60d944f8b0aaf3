"""Stores of every kind keep the same promises; what goes wrong with one is a sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cluster_support.s3_server import S3Server, s3_server

from handoutpress.store.objects import cloud_store
from handoutpress.store.objects.cloud_store import CloudStore
from handoutpress.store.objects.folder_store import FolderStore
from handoutpress.store.objects.object_store import ManyPuts, ObjectStore, OtherContentError, StoreFaultError, put_equal
from handoutpress.store.objects.opening import open_store

BUCKET = "press"


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    with pytest.MonkeyPatch.context() as monkeypatch, s3_server(BUCKET, monkeypatch) as state:
        yield state


@pytest.fixture(params=["folder", "memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "folder":
        return FolderStore(tmp_path / "store")
    if request.param == "s3":
        request.getfixturevalue("server")
    address = "memory://" if request.param == "memory" else f"s3://{BUCKET}/{tmp_path.name}"
    return CloudStore(address)


def test_an_object_is_put_once_and_found_again(store: ObjectStore) -> None:
    assert store.get("made/ab/abc") is None
    assert list(store.names("made")) == []
    assert store.put("made/ab/abc", b"first")
    assert not store.put("made/ab/abc", b"second")
    assert store.get("made/ab/abc") == b"first"
    store.put("made-up", b"beside")
    assert list(store.names("made")) == ["made/ab/abc"]


def test_of_many_who_put_one_name_one_has_put_it(store: ObjectStore) -> None:
    with ThreadPoolExecutor(8) as threads:
        put = list(threads.map(lambda number: store.put("plans/1", b"%d" % number), range(16)))
    assert put.count(True) == 1
    assert store.get("plans/1") == b"%d" % put.index(True)


def test_equal_bytes_are_welcome_and_others_are_not(store: ObjectStore) -> None:
    put_equal(store, "receipts/a", b"the same")
    put_equal(store, "receipts/a", b"the same")
    with pytest.raises(OtherContentError, match="receipts/a"):
        put_equal(store, "receipts/a", b"other")
    puts = ManyPuts(store)
    for number in range(24):
        puts.put(f"made/{number}", b"%d" % number)
    puts.finish()
    assert len(list(store.names("made"))) == 24
    puts.put("made/7", b"other")
    with pytest.raises(OtherContentError, match="made/7"):
        puts.finish()
    puts.close()


@pytest.mark.parametrize("error", [1, 95])
def test_a_disk_that_cannot_link_takes_objects_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    def refuse(*_: object) -> None:
        raise OSError(error, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    store = FolderStore(tmp_path)
    assert (store.put("a/b", b"one"), store.put("a/b", b"two"), store.get("a/b")) == (True, False, b"one")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_a_name_that_leads_elsewhere_is_our_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="out"):
        FolderStore(tmp_path).put("../out", b"")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("s3://nobody-has-this/x", "There is no bucket of s3://nobody-has-this/x."),
        ("s3://", "s3:// cannot be opened: Unable to recognise URL"),
        ("az://box/x", "az://box/x cannot be opened: Account must be specified."),
        ("ftp://there/x", "ftp://there/x is no store that we know."),
    ],
)
@pytest.mark.usefixtures("server")
def test_an_address_that_leads_nowhere_is_told(address: str, sentence: str) -> None:
    with pytest.raises(StoreFaultError) as told:
        list(open_store(address).names("plans"))
    assert str(told.value).startswith(sentence)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("403", "does not let us in."),
        ("500", "answers 500 Internal Server Error."),
        ("cut", "cannot be reached"),
        ("slow", "cannot be reached"),
    ],
)
def test_a_store_that_refuses_is_told(
    server: S3Server, monkeypatch: pytest.MonkeyPatch, answer: str, sentence: str
) -> None:
    monkeypatch.setattr(cloud_store, "TRIES", 1)
    if answer == "slow":
        monkeypatch.setattr(cloud_store, "ANSWER", timedelta(milliseconds=100))
    store = CloudStore(f"s3://{BUCKET}/refused", retries=1)
    server.only = answer
    try:
        for question in (lambda: store.get("a"), lambda: store.put("a", b""), lambda: list(store.names("a"))):
            with pytest.raises(StoreFaultError, match=sentence):
                question()
    finally:
        server.only = ""


def test_faults_on_the_way_are_outlived(server: S3Server) -> None:
    store = CloudStore(f"s3://{BUCKET}/faults")
    server.share, server.failed = 0.15, 0
    try:
        for number in range(24):
            put_equal(store, f"made/{number}", b"%d" % number * 100)
        assert {store.get(f"made/{number}") for number in range(24)} == {b"%d" % n * 100 for n in range(24)}
    finally:
        server.share = 0.0
    assert server.failed > 2


def test_a_put_that_meets_another_is_tried_again(server: S3Server) -> None:
    store = CloudStore(f"s3://{BUCKET}/conflict")
    server.conflicts = 2
    put_equal(store, "made/a", b"one")
    assert (server.conflicts, store.get("made/a")) == (0, b"one")
    server.conflicts = 1
    put_equal(store, "made/a", b"one")
    server.conflicts = 100
    try:
        with pytest.raises(StoreFaultError, match="says that made/b is there, and does not give it"):
            put_equal(store, "made/b", b"two")
    finally:
        server.conflicts = 0


def test_a_store_without_its_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(StoreFaultError, match=r"needs the library obstore\. Hint: install it with: pip install"):
        CloudStore("s3://press/x")
