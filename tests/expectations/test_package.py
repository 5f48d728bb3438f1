import subprocess
import sys


def test_importing_the_package_does_not_load_the_slow_library() -> None:
    code = "import sys, expectations; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
