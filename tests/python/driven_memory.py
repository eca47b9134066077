"""On the virtual clock nobody looks at memory, which is another one in every run; that is said"""
# run: run --clock virtual --print none --stats --verify
# run: run --clock virtual --print json --stats --verify
# same: run --clock virtual --print json --stats
# matches: ^Memory is measured on the real clock\.$|"type":"started","what":"process","count":1,"ran_after":\{"p50":1[5-9][0-9]{6},"max":1[5-9][0-9]{6}\},"memory":\{"p50":null,"max":null\}
# never: "memory",
import multiprocessing
import time

if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(1,))
    process.start()
    process.join()
