"""uuid, secrets, warnings, gc and signal: what is harmless."""
import asyncio
import gc
import secrets
import signal
import uuid
import warnings

one, two = uuid.uuid4(), uuid.uuid4()
print(one != two, one == uuid.UUID(str(one)), len(str(one)), str(one).count("-"), len(one.hex), one.version, uuid.UUID("12345678-1234-5678-1234-567812345678"), repr(uuid.UUID("{12345678123456781234567812345678}")))
try:
    uuid.UUID("x")
except ValueError as error:
    print(error)
print(len(secrets.token_hex(8)), 0 <= secrets.randbelow(10) < 10, secrets.choice([4]), f"{str(one)[:8]}" == one.hex[:8])
warnings.filterwarnings("ignore")
warnings.simplefilter("ignore", DeprecationWarning)
warnings.warn("ignored by the filter")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
print(gc.collect() >= 0, signal.SIGINT == 2, signal.SIGTERM.name)


async def main():
    loop = asyncio.get_running_loop()
    print(loop.is_running())


asyncio.run(main())
