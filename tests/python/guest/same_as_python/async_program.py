import asyncio


async def part(n):
    await asyncio.sleep(0)
    return n * n


async def main():
    print(await asyncio.gather(*map(part, range(4))))
    raise RuntimeError("at the end")


asyncio.run(main())
