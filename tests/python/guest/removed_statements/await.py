import asyncio
async def main():
    print(await R, await asyncio.gather(R, asyncio.sleep(0, 1)))
    async with R as x:
        print('with', x)
    async for y in R:
        print(y)
    else:
        print('end')
    print([z async for z in R], await asyncio.create_task(R), await asyncio.wait_for(R, 5))
asyncio.run(main())
#> <removed> [<removed>, 1]
#> with <removed>
#> end
#> [] <removed> <removed>
