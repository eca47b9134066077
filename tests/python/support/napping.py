import time


def nap():


    time.sleep(0.004)
