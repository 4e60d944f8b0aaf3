"""The same build through a server that speaks S3, of whose answers one in twenty is a fault; and its puts counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster_support.fakeshards import make_shard, plan_chain, pull_chain
from cluster_support.s3_server import S3Server, s3_server
from fakepress import Chain

from handoutpress.batch.run import RunOptions, run
from handoutpress.store.objects.cloud_store import CloudStore

BUCKET = "press"


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    with pytest.MonkeyPatch.context() as monkeypatch, s3_server(BUCKET, monkeypatch) as state:
        yield state


@pytest.mark.parametrize("share", [0.0, 0.05])
def test_a_bucket_holds_what_one_machine_makes(server: S3Server, tmp_path: Path, share: float) -> None:
    chain = Chain(tmp_path, handouts=1, brands=12).set_up()
    store = CloudStore(f"s3://{BUCKET}/share-{share}")
    run(chain.plan(), tmp_path / "alone", chain.maker, RunOptions(jobs=1))
    server.share, server.failed = share, 0
    try:
        plan_chain(chain, store)
        ended = [make_shard(chain, store, shard) for shard in ("1/2", "2/2")]
        assert [shard.exit_code for shard in ended] == [0, 0]
        assert pull_chain(chain, store).exit_code == 0
    finally:
        server.share = 0.0
    assert bool(server.failed) == bool(share)
    for path in (tmp_path / "alone").rglob("*.*"):
        if path.is_file() and ".handouts" not in path.parts:
            assert path.read_bytes() == (chain.out / path.relative_to(tmp_path / "alone")).read_bytes()


def test_a_rebrand_puts_its_changed_pdfs_a_receipt_for_each_of_their_units_and_the_plan(
    server: S3Server, tmp_path: Path
) -> None:
    chain, store = Chain(tmp_path, handouts=1, brands=12).set_up(), CloudStore(f"s3://{BUCKET}/rebrand")
    server.requests.clear()
    plan = plan_chain(chain, store)
    assert make_shard(chain, store, "1/1").made == 24
    assert _puts(server) == {"made": 24, "receipts": len(plan.units), "plans": 1}
    changed = {"b1", "b4", "b9"}
    for brand in changed:
        chain.write(f"brands/{brand}", "the new colour")
    server.requests.clear()
    plan = plan_chain(chain, store)
    units = [unit for unit in plan.units if changed & set(plan.brand_sets[unit.brands])]
    assert make_shard(chain, store, "1/1").made == 6
    assert _puts(server) == {"made": 6, "receipts": len(units), "plans": 1}


def _puts(server: S3Server) -> dict[str, int]:
    """Return how many objects were put into each folder."""
    return {name.partition(" ")[2]: count for name, count in server.requests.items() if name.startswith("PUT")}
