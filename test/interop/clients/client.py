# Calls as Python's requests does, once a line of the file in the first argument. Answers one JSON line each.
import json
import ssl
import sys

import requests


def one(job):
    if job.get("cert"):
        try:
            # requests cannot ask for a passphrase; without this, OpenSSL would ask the terminal.
            ssl.create_default_context().load_cert_chain(job["cert"], job["key"], lambda: b"")
        except Exception as error:
            return {"loads": False, "text": f"{type(error).__name__} {error}"}
    try:
        cert = (job["cert"], job["key"]) if job.get("cert") else None
        answer = requests.get(job["url"], cert=cert, verify=job["ca"], timeout=5)
        return {"loads": True, "trusts": True, "status": answer.status_code, "body": answer.text}
    except Exception as error:
        return {"loads": True, "text": f"{type(error).__name__} {error}"}


with open(sys.argv[1]) as lines:
    for line in lines:
        if line.strip():
            print(json.dumps(one(json.loads(line))), flush=True)
