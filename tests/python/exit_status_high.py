"""A status as high as a signal's is the program's own"""
# run: run --print text
# status: 200
# never: killed
import sys
sys.exit(200)
