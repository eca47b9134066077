"""Hosts that answer without a network, asked by libraries of others"""
# needs: requests,aiohttp
# run: run --clock virtual --verify
# run: run --verify
# same: run --clock virtual --print json
# never: Traceback
import asyncio

import aiohttp
import requests

import gilscope
from gilscope import check, measure

gilscope.hosts("python.org", "github.com", latency=0.3)
urls = ["http://python.org", "http://github.com/python/cpython"] * 2


def fetch_blocking(url):
    return requests.get(url).json()["url"]


async def fetch_async(session, url):
    async with session.get(url) as response:
        return (await response.json())["url"]


async def fetch_all():
    async with aiohttp.ClientSession() as session:
        return await asyncio.gather(*(fetch_async(session, url) for url in urls))


with measure() as blocking:
    one_by_one = [fetch_blocking(url) for url in urls]
with measure() as together:
    at_once = asyncio.run(fetch_all())
check(one_by_one == at_once == ["http://python.org/", urls[1]] * 2, "all answer")
check(blocking.seconds >= 1.2, "requests: the sum of the waits")
most = 0.32 if gilscope.clock == "virtual" else blocking.seconds
check(0.3 <= together.seconds < most, "aiohttp: the longest of them")
