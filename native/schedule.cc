// List scheduling by bytes: of the ops that are ready, one that frees at least what it takes goes first, else the earliest traced.
#include "schedule.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <set>
#include <unordered_map>
#include <utility>

#include "workspace.h"

namespace overbatch {
namespace {

// What all ops that add to a sum in place are called to begin with.
constexpr const char* kAccumulates = "OverbatchAccumulate";

struct Value {
  int64_t bytes = 0;
  int readers = 0;
  bool freeable = false;  // Made by a scheduled op, and no result of the function.
};

// What several values may share: an op that writes where it read makes no new one.
struct Buffer {
  int64_t bytes = 0;
  int readers = 0;  // Of all values in it; one more where it is a result.
};

bool IsAnyOf(const char* type, std::initializer_list<const char*> types) {
  return std::any_of(types.begin(), types.end(), [&](const char* other) { return std::strcmp(type, other) == 0; });
}

bool PassesOn(const char* type) { return IsAnyOf(type, {"Reshape", "Identity", "Squeeze", "ExpandDims"}); }

// May write over this input where nobody reads it after it (forward_input_or_allocate_output).
bool MayOverwrite(const char* type, int input) {
  if (IsAnyOf(type, {"OverbatchBatchNormGrad"})) return input == 0;
  if (IsAnyOf(type, {"OverbatchBatchNormAddGrad"})) return input == 0 || input == 3;
  return IsAnyOf(type, {"Add", "AddV2", "AddN", "Sub", "Mul", "RealDiv", "Maximum", "Minimum", "Neg", "Exp", "Log", "Sqrt", "Square", "Rsqrt",
                        "Relu", "Relu6", "ReluGrad", "Relu6Grad", "BiasAdd", "Sigmoid", "Tanh", "Softmax", "LogSoftmax", "SelectV2"});
}

struct Node {
  TF_Operation* operation;
  std::vector<size_t> reads;  // Values, each once.
  std::vector<size_t> overwrites;  // Of the reads, where it may write.
  std::vector<size_t> writes;
  int waits_for = 0;  // Scheduled ops that must come first.
};

class Scheduler {
 public:
  Scheduler(TF_Graph* graph, const std::vector<TF_Output>& outputs) : graph_(graph) {
    FindNeeded(outputs);
    for (TF_Operation* operation : needed_) AddNode(operation);
    for (const Node& node : nodes_) {
      for (size_t value : node.reads) values_[value].readers++;
    }
    for (const TF_Output& output : outputs) {
      const auto found = value_of_.find(Key(output));
      if (found == value_of_.end()) continue;
      values_[found->second].freeable = false;
      results_.insert(found->second);
    }
  }

  std::vector<TF_Operation*> Order() {
    std::vector<TF_Operation*> order;
    for (size_t place : Places()) order.push_back(nodes_[place].operation);
    return order;
  }

  int64_t Peak() {
    std::vector<int> readers;
    for (const Value& value : values_) readers.push_back(value.readers);
    std::vector<Buffer> buffers;
    std::vector<size_t> buffer_of(values_.size());
    int64_t live = 0;
    int64_t peak = 0;
    for (size_t place : Places()) {
      const Node& node = nodes_[place];
      const char* type = TF_OperationOpType(node.operation);
      for (size_t value : node.writes) {
        const int claims = readers[value] + (results_.count(value) > 0 ? 1 : 0);
        size_t buffer = buffers.size();
        const bool passes_on = PassesOn(type);
        for (size_t read : passes_on ? node.reads : node.overwrites) {
          const Buffer& other = buffers[buffer_of[read]];
          const bool is_last = other.readers == 1 && other.bytes == values_[value].bytes;
          if (passes_on || is_last) buffer = buffer_of[read];
          if (buffer < buffers.size()) break;
        }
        if (buffer == buffers.size()) {
          buffers.push_back({values_[value].bytes, 0});
          live += values_[value].bytes;
        }
        buffer_of[value] = buffer;
        buffers[buffer].readers += claims;
      }
      peak = std::max(peak, live + Workspace(graph_, node.operation));
      const auto release = [&](Buffer& buffer) {
        if (buffer.readers == 0) live -= std::exchange(buffer.bytes, 0);
      };
      for (size_t value : node.reads) {
        buffers[buffer_of[value]].readers--;
        release(buffers[buffer_of[value]]);
      }
      for (size_t value : node.writes) release(buffers[buffer_of[value]]);
    }
    return peak;
  }

 private:
  /** Places of the nodes, in order. */
  std::vector<size_t> Places() {
    std::set<size_t> ready;
    for (size_t i = 0; i < nodes_.size(); i++) {
      if (nodes_[i].waits_for == 0) ready.insert(i);
    }
    std::vector<size_t> order;
    while (!ready.empty()) {
      const size_t next = Choose(ready);
      ready.erase(next);
      order.push_back(next);
      for (size_t value : nodes_[next].reads) values_[value].readers--;
      for (size_t reader : readers_[next]) {
        if (--nodes_[reader].waits_for == 0) ready.insert(reader);
      }
    }
    return order;
  }

  using ValueKey = std::pair<TF_Operation*, int>;
  struct KeyHash {
    size_t operator()(const ValueKey& key) const { return std::hash<void*>()(key.first) * 31 + static_cast<size_t>(key.second); }
  };
  static ValueKey Key(const TF_Output& output) { return {output.oper, output.index}; }

  // Ops that the outputs depend on, in traced order, but for inputs and constants: those take no turn.
  void FindNeeded(const std::vector<TF_Output>& outputs) {
    std::set<TF_Operation*> seen;
    std::vector<TF_Operation*> stack;
    const auto visit = [&](TF_Operation* operation) {
      const char* type = TF_OperationOpType(operation);
      if (std::strcmp(type, "Placeholder") == 0 || std::strcmp(type, "Const") == 0) return;
      if (seen.insert(operation).second) stack.push_back(operation);
    };
    for (const TF_Output& output : outputs) visit(output.oper);
    while (!stack.empty()) {
      TF_Operation* const operation = stack.back();
      stack.pop_back();
      for (int i = 0; i < TF_OperationNumInputs(operation); i++) visit(TF_OperationInput({operation, i}).oper);
    }
    size_t position = 0;
    while (TF_Operation* operation = TF_GraphNextOperation(graph_, &position)) {
      if (seen.count(operation) > 0) needed_.push_back(operation);
    }
  }

  void AddNode(TF_Operation* operation) {
    Node node{operation, {}, {}, {}};
    std::set<size_t> writers;
    for (int i = 0; i < TF_OperationNumInputs(operation); i++) {
      const auto found = value_of_.find(Key(TF_OperationInput({operation, i})));
      if (found == value_of_.end()) continue;  // An input of the function, or a constant.
      const auto add = [&](std::vector<size_t>& values) {
        if (std::find(values.begin(), values.end(), found->second) == values.end()) values.push_back(found->second);
      };
      add(node.reads);
      if (MayOverwrite(TF_OperationOpType(operation), i)) add(node.overwrites);
      writers.insert(writer_of_[found->second]);
    }
    node.waits_for = static_cast<int>(writers.size());
    for (size_t writer : writers) readers_[writer].push_back(nodes_.size());
    for (int i = 0; i < TF_OperationNumOutputs(operation); i++) {
      value_of_[{operation, i}] = values_.size();
      node.writes.push_back(values_.size());
      values_.push_back({Bytes({operation, i}), 0, true});
      writer_of_.push_back(nodes_.size());
    }
    nodes_.push_back(node);
    readers_.emplace_back();
  }

  int64_t Bytes(TF_Output output) const {
    // In the memory of its input.
    if (std::strncmp(TF_OperationOpType(output.oper), kAccumulates, std::strlen(kAccumulates)) == 0) return 0;
    return BytesOf(graph_, output);
  }

  /** Bytes more in use after the op than before it. */
  int64_t Growth(const Node& node) const {
    int64_t growth = 0;
    for (size_t value : node.writes) growth += values_[value].bytes;
    for (size_t value : node.reads) {
      if (values_[value].freeable && values_[value].readers == 1) growth -= values_[value].bytes;
    }
    return growth;
  }

  size_t Choose(const std::set<size_t>& ready) const {
    size_t chosen = *ready.begin();
    int64_t least = 1;
    for (size_t candidate : ready) {
      const int64_t growth = Growth(nodes_[candidate]);
      if (growth < least) {
        least = growth;
        chosen = candidate;
      }
    }
    return chosen;
  }

  TF_Graph* graph_;
  std::vector<TF_Operation*> needed_;
  std::vector<Node> nodes_;
  std::vector<std::vector<size_t>> readers_;  // Of each node's values.
  std::vector<Value> values_;
  std::vector<size_t> writer_of_;
  std::unordered_map<ValueKey, size_t, KeyHash> value_of_;
  std::set<size_t> results_;
};

}  // namespace

void FixOrder(TF_Graph* graph, const std::vector<TF_Output>& outputs) {
  const std::vector<TF_Operation*> order = Scheduler(graph, outputs).Order();
  for (size_t i = 1; i < order.size(); i++) TF_AddOperationControlInput(graph, order[i], order[i - 1]);
}

int64_t ForecastPeak(TF_Graph* graph, const std::vector<TF_Output>& outputs) { return Scheduler(graph, outputs).Peak(); }

}  // namespace overbatch
