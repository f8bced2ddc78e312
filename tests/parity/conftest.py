"""Spark for the tests: one for the process, small, on one core, in a time zone far from UTC."""

import os
import shutil
from importlib.util import find_spec

import pytest

_DEFAULTS = """\
spark.master local[1]
spark.ui.enabled false
spark.log.level ERROR
spark.sql.shuffle.partitions 2
spark.driver.memory 1g
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.driver.extraJavaOptions -Duser.timezone=Asia/Tokyo -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
"""


@pytest.fixture(scope="session", autouse=True)
def spark(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Spark as its own configuration sets it up. Where it must be there, its absence fails."""
    java = shutil.which("java") or os.environ.get("JAVA_HOME")
    if not java or find_spec("pyspark") is None:
        why = "Spark is not here: it needs Java 17 or newer, and 'make spark'"
        if os.environ.get("GROUNDSWELL_REQUIRE_ALL") == "1":
            pytest.fail(why)
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(_DEFAULTS)
    os.environ["SPARK_CONF_DIR"] = str(folder)
