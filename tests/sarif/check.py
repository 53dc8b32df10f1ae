#!/usr/bin/env python3
"""check.py REPORT.sarif...: whether SARIF reports keep to the schema of SARIF 2.1.0.

The schema beside this file is sarif-2.1.0-rtm.5.json, that of the OASIS standard "Static Analysis
Results Interchange Format (SARIF) Version 2.1.0" as SchemaStore publishes it, taken from the npm
package @microsoft/jest-sarif (MIT licence). Python's jsonschema does the work: the Rust crate of
that name would add a hundred crates to every test build.

Exit: 0 sound, 1 not, 77 skipped because jsonschema is not installed.
"""

import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("skipped, not installed: jsonschema")
    sys.exit(77)

schema = json.loads(pathlib.Path(__file__).with_name("sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
validator = jsonschema.Draft4Validator(schema)
faults = 0
for path in sys.argv[1:]:
    report = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    for error in list(validator.iter_errors(report))[:10]:
        faults += 1
        print(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
sys.exit(1 if faults else 0)
