"""That a thread computes outside the interpreter is told when it begins, though nobody wants its GIL"""
# run: run --clock virtual --until 500ms --print json
# run: run --clock real --until 500ms --print json
# matches: "type":"gil",.*"why":"blocking"
# matches: "state":"native",.*"line":9
import gilscope

gilscope.mark("now")
gilscope.native(1)
