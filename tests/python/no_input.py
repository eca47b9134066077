"""Standard input that is empty is told"""
# run: run --print text --verify
# run: run --clock virtual --print text --verify
# status: 1
# says: Note: standard input is empty
# says: EOFError
import sys

sys.stdin.read()
input()
